"""Samples as web pages: the document with a government site around it."""

from __future__ import annotations

from html import escape

from tests.samples.layout import is_signature

_TOP = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<title>{title}_安澜市人民政府门户网站</title>
<meta name="SiteName" content="安澜市人民政府门户网站">
{meta}<style>.nav li{{display:inline}} .tip{{display:none}}</style>
<script>var visits = 0; document.write("由市民政局牵头，1月底前完成");</script></head>
<body>
<div class="header"><a href="/login">登录</a> | <a href="/wza">无障碍浏览</a> | <a href="/elder">长者模式</a>
<form action="/search"><input placeholder="请输入关键词"><button>搜索</button></form></div>
<ul class="nav"><li>首页</li><li>走进安澜</li><li>政务公开</li><li>政务服务</li><li>互动交流</li></ul>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt;
<a href="/gh">{channel}</a> &gt; 正文</div>
"""
_HEAD = """<div class="wrap"><h1>{title}</h1>
<div class="source">发布时间：{published}　来源：{source}　浏览次数：<span>1024</span>
字号：[<a>大</a> <a>中</a> <a>小</a>]　<a>打印</a> <a>关闭</a></div>
<div class="share">分享到：<a>微信</a> <a>微博</a></div>
<div class="tip">责任单位：网站运维科；完成时限：每日17时前</div>
"""
_FOOT = """<div class="qrcode">扫一扫在手机打开当前页</div>
<div class="pn">上一篇：<a>我市召开春季农业生产现场会</a><br>
下一篇：<a>市政府常务会议研究污水处理收费标准</a></div></div>
<div class="sidebar"><h3>相关推荐</h3><ul><li><a>一图读懂：2026年惠农补贴何时发放</a></li>
<li><a>市水利局牵头开展水库安全检查</a></li></ul></div>
<div class="footer"><p>主办单位：安澜市人民政府办公室　承办单位：安澜市数据局　技术支持：云岭软件</p>
<p>网站标识码：0000000000　云ICP备00000000号　联系我们 | 网站地图 | 隐私声明</p></div>
</body></html>
"""


def published_by_cms(text: str, *, channel: str, published: str, source: str) -> bytes:
    """Return a page whose article stands in the editor's well-known container, title outside it."""
    title, *lines = text.rstrip("\n").split("\n")
    meta = f'<meta name="ArticleTitle" content="{title}">\n<meta name="PubDate" content="{published}">\n'
    meta += f'<meta name="ContentSource" content="{source}">\n'
    body = "".join(map(_styled, lines, [*lines[1:], ""]))
    head = _TOP.format(title=title, meta=meta, channel=channel)
    head += _HEAD.format(title=title, published=published, source=source)
    return f'{head}<div class="TRS_Editor">{body}</div>\n{_FOOT}'.encode()


def published_plainly(text: str, *, channel: str, published: str, source: str) -> bytes:
    """Return a page without meta tags, its article in a container no one knows, lines parted by breaks."""
    title, *lines = text.rstrip("\n").split("\n")
    body = "<br>\n".join(f"　　{escape(line)}" for line in lines)
    head = _TOP.format(title=title, meta="", channel=channel)
    head += _HEAD.format(title=title, published=published, source=source)
    return f'{head}<div class="box-1"><div class="inner">{body}</div></div>\n{_FOOT}'.encode(
        "gb18030"
    ).replace(b'charset="utf-8"', b'charset="gb2312"')


def _styled(line: str, after: str) -> str:
    aside = "text-align:right" if is_signature(line, after) else "text-indent:2em;line-height:2"
    font = '<span style="font-family:仿宋_GB2312;font-size:16pt">'
    return f'<p style="{aside}">{font}{escape(line)}</span></p>\n'
