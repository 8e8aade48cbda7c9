"""`taizhang draft` and `taizhang check`: official documents made from the ledger, and their faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UserError
from service.cli.errors import DONE, SOME_FAILED
from service.cli.options import DEFAULT_DATA, DataOption, JsonOption, opened_library, parse_day
from service.cli.output import print_json
from service.files import check_folder, checked_suffix, write_file
from service.intake.sources import PlainFile

if TYPE_CHECKING:
    from service.drafting.making import DraftRequest
    from service.library import Library
    from service.official.document import SourcesAs
    from service.official.fault import Fault
    from service.official.paper import Fonts

GenreOption = Annotated[
    str,
    typer.Option("--genre", metavar="GENRE", help="文种：工作汇报、整改报告、实施方案、督查通报、请示等。"),
]
TemplateOption = Annotated[
    Path | None,
    typer.Option(
        "--template", metavar="FILE", help="自己的模板：带字段的 .docx，或用 xx 标出缺处的 .docx、.txt。"
    ),
]
TopicOption = Annotated[str, typer.Option("--topic", metavar="TOPIC", help="主题，如 河道整治。")]
PlanOption = Annotated[
    list[str] | None,
    typer.Option("--plan", metavar="ID", help="取材的方案，文件编号用 list 查看；可以写多次。"),
]
FromOption = Annotated[
    date | None, typer.Option("--from", metavar="DAY", parser=parse_day, help="只取这一天起到期的任务。")
]
ToOption = Annotated[
    date | None, typer.Option("--to", metavar="DAY", parser=parse_day, help="只取这一天前到期的任务。")
]
IssuerOption = Annotated[str, typer.Option("--issuer", metavar="NAME", help="署名的机关。")]
RecipientsOption = Annotated[str, typer.Option("--recipients", metavar="NAMES", help="主送机关。")]
SourcesOption = Annotated[
    str,
    typer.Option("--sources", metavar="KIND", help="材料来源：table 文末附表，footnotes 脚注，none 不附。"),
]
NoSourcesOption = Annotated[bool, typer.Option("--no-sources", help="不附材料来源，同 --sources none。")]
PlaceOption = Annotated[
    str, typer.Option("--place", metavar="PLACE", help="本地，如 望川县；只按主题起草时只取本地的任务。")
]
OutlineOption = Annotated[
    str,
    typer.Option(
        "--outline", metavar="ID", help="提纲：自己存的 o3，或从文库学到的 learnt:1；缺省用该文种的。"
    ),
]
SaveOption = Annotated[bool, typer.Option("--save", help="同时存入资料库，可在网页“起草”中修改。")]
FontsOption = Annotated[
    str, typer.Option("--fonts", metavar="NAME", help="字体名称：gb2312、windows 或 kylin（麒麟、统信）。")
]
OutputOption = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="写成的 .docx 文件。")]
FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="要检查的文件：.docx 查格式和事实，其他格式只查文字和事实。")
]


def draft(
    output: OutputOption,
    genre: GenreOption = "",
    template: TemplateOption = None,
    topic: TopicOption = "",
    plan: PlanOption = None,
    first: FromOption = None,
    last: ToOption = None,
    issuer: IssuerOption = "",
    recipients: RecipientsOption = "",
    place: PlaceOption = "",
    outline: OutlineOption = "",
    sources: SourcesOption = "table",
    no_sources: NoSourcesOption = False,
    save: SaveOption = False,
    fonts: FontsOption = "gb2312",
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Write a draft as docx; `--json` also prints every statement with its sources.

    With `--template` the user's own Word file, or a text with xx, is filled instead.
    """
    from service.drafting.export import official_document
    from service.drafting.making import DraftRequest, make_draft
    from service.official.paper import fonts_named
    from service.official.writer import document_bytes
    from service.templates.fields import ANY_GENRE

    if not genre and template is None:
        raise UserError("请用 --genre 给出文种，或用 --template 给出模板。")
    look = fonts_named(fonts)
    if template is None:
        checked_suffix(output.suffix, ".docx")
    check_folder(output)
    shown = shown_sources("none" if no_sources else sources)
    request = DraftRequest(
        genre or ANY_GENRE,
        topic,
        tuple(plan or ()),
        first,
        last,
        issuer=issuer,
        recipients=recipients,
        place=place,
    )
    with opened_library(data) as library:
        if template is not None:
            _fill(library, template, request, output, look, shown, as_json)
            return
        made = make_draft(library, request, library.drafts.outline(outline, request.genre))
        kept = library.drafts.store(made, getuser()) if save else ""
    write_file(output, document_bytes(official_document(made, sources=shown), look))
    if as_json:
        print_json({"id": kept or None, **made.record()})
    else:
        stored = f"，已存为 {kept}" if kept else ""
        typer.echo(
            f"已写成 {output}：{made.title}{stored}。标有【待补】的地方请补齐，【参考】的段落请改写后使用。"
        )


def shown_sources(sources: str) -> SourcesAs:
    """Return how sources are shown.

    Raises:
        UserError: when there is no such way.
    """
    from service.official.document import SourcesAs

    if sources not in set(SourcesAs):
        raise UserError(f"--sources 只能是 {'、'.join(SourcesAs)}，现为 {sources}。")
    return SourcesAs(sources)


def _fill(
    library: Library,
    template: Path,
    request: DraftRequest,
    output: Path,
    fonts: Fonts,
    sources: SourcesAs,
    as_json: bool,
) -> None:
    """Fill a template and tell what remains."""
    from service.templates.filling import fill_template

    content = PlainFile(template, template.name).read()
    made = fill_template(library, template.name, content, request, fonts, sources)
    write_file(output, made.written(output.suffix))
    record = made.record()
    if as_json:
        print_json({"template": template.name, **record})
    else:
        counts = f"填写 {len(record['filled'])} 处，待补 {len(record['open'])} 处"
        typer.echo(f"已写成 {output}，{counts}。")


def check(
    file: FileArgument,
    plan: PlanOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> int:
    """Print the faults of form of a file and the facts that its sources do not state.

    Sources are those of `--plan`, else what the draft's own properties name.
    """
    from service.drafting.file_check import check_file

    content = PlainFile(file, file.name).read()
    with _library_if_any(data, needed=bool(plan)) as library:
        result = check_file(file.name, content, library, tuple(plan or ()))
    if as_json:
        print_json(result.record())
    else:
        _print_faults(result.faults)
    return SOME_FAILED if result.faults else DONE


@contextmanager
def _library_if_any(data: str, *, needed: bool) -> Iterator[Library | None]:
    """Open the library where there is one, or where the command cannot do without."""
    from service.place import Place

    if needed or Place(data).exists:
        with opened_library(data) as library:
            yield library
    else:
        yield None


def _print_faults(faults: Sequence[Fault]) -> None:
    for fault in faults:
        typer.echo(f"{fault.place}  {fault.message}" + (f"  {fault.text}" if fault.text else ""))
    typer.echo(f"共 {len(faults)} 处。" if faults else "没有发现问题。")
