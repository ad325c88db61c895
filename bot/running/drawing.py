"""Whether pictures can be drawn, with a font that knows every language's letters."""

from __future__ import annotations

from ..words import Words
from .findings import Finding, broken, good


def finding(t: Words) -> Finding:
    """The font is looked for where the charts look for it."""
    from .. import charts

    try:
        charts.font()
    except Exception as error:  # whatever an installation may lack
        return broken(
            "pictures",
            t("Pictures cannot be drawn: {reason}", reason=f"{type(error).__name__}: {error}"),
            t("Install cspm again with all it needs: the font comes from the package noto-cjk-sans-otc."),
        )
    return good("pictures", t("Pictures can be drawn, in every language."))
