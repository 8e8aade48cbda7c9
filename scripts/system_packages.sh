#!/bin/sh
# Installs what the tests take from the system: Chromium, LibreOffice Writer and Calc, and a Chinese font.
# Where the package manager cannot be used it says what is missing and goes on: those tests then skip.
set -u

missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    missing="$missing chromium"
# A package each, and either brings soffice: only their own programs tell which is there.
command -v lowriter >/dev/null || missing="$missing libreoffice-writer"
command -v localc >/dev/null || missing="$missing libreoffice-calc"
[ -n "$(fc-list :lang=zh family 2>/dev/null)" ] || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
    # noninteractive: no package may stop to ask; no recommends: a tenth of the download
    $as_root apt-get -qq update
    # shellcheck disable=SC2086  # a list of package names
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends $missing && exit 0
fi
echo "Not installed:$missing. Install them by hand, then remove .venv/installed-for-tests and run make test again." >&2
echo "Until then the tests that need them are skipped." >&2
