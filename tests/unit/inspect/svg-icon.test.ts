import { describe, expect, it } from "vitest";
import { sanitiseSvg } from "@kosmarket/inspect";

const wrap = (inside: string, attributes = ""): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"${attributes}>${inside}</svg>`;

const HOSTILE: readonly [string, string][] = [
  ["a script", wrap("<script>alert(1)</script>")],
  ["a script in another case and namespace", wrap("<svg:ScRiPt/>")],
  ["a foreign object", wrap("<foreignObject><body/></foreignObject>")],
  ["an event handler", wrap("", ' onload="alert(1)"')],
  ["an event handler in capitals", wrap('<g ONCLICK="x"/>')],
  ["an address that runs", wrap('<use href="java&#x0A;script:alert(1)"/>')],
  ["an outside reference", wrap('<use xlink:href="https://evil.example/a.svg#b"/>')],
  ["an outside paint", wrap('<path fill="url(https://evil.example/a)" d="M0 0"/>')],
  ["an outside paint with blanks", wrap('<path style="fill: url( \'//evil.example\' )" d="M0 0"/>')],
  ["an escaped style", wrap('<path style="fill:\\75rl(x)" d="M0 0"/>')],
  ["a style sheet", wrap("<style>@import 'https://evil.example'</style>")],
  ["an embedded picture", wrap('<image href="data:image/png;base64,AAAA"/>')],
  ["a link", wrap('<a href="#x"><path d="M0 0"/></a>')],
  ["an animation of a link", wrap('<set attributeName="href" to="javascript:alert(1)"/>')],
  ["an entity", `<!DOCTYPE svg [<!ENTITY x "y">]>${wrap("&x;")}`],
  ["a foreign entity", wrap("<title>&nbsp;</title>")],
  ["CDATA", wrap("<title><![CDATA[<script>]]></title>")],
  ["a processing instruction", wrap('<?xml-stylesheet href="https://evil.example/a.css"?>')],
  ["an element left open", "<svg><g></svg>"],
  ["a second root", `${wrap("")}<script/>`],
  ["another root", "<html><svg/></html>"],
  ["an attribute without quotes", "<svg onload=alert(1)></svg>"],
  ["an attribute twice", '<svg id="a" id="b"></svg>'],
  ["parts that repeat each other a billion times", wrap(Array.from({ length: 30 }, (_, at) => `<g id="g${at}"><use href="#g${at + 1}"/><use href="#g${at + 1}"/></g>`).join(""))],
  ["a circle of references", wrap('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')],
  ["a paint that paints itself", wrap('<pattern id="p"><path fill="url(#p)" d="M0 0"/></pattern>')],
  ["text only", "hello"],
  ["nothing", ""],
  ["nesting without end", "<svg>".repeat(1_000)],
];

describe("SVG icons", () => {
  for (const [name, svg] of HOSTILE) {
    it(`refuses ${name}`, () => {
      expect(sanitiseSvg(svg)).toMatchObject({ ok: false });
    });
  }

  it("keeps shapes, gradients and text, and leaves out what does not draw", () => {
    const drawn = sanitiseSvg(
      `<?xml version="1.0"?><!-- made by hand -->\n${wrap('<metadata><rdf:RDF xmlns:rdf="x"><cc:Work/></rdf:RDF></metadata><defs><linearGradient id="g"><stop offset="0" stop-color="#10a37f"/></linearGradient></defs><path inkscape:label="x" fill="url(#g)" d="M0 0h8v8z"/><use href="#g"/><text x="1" y="2">A &amp; B</text>')}`,
    );
    expect(drawn).toEqual({
      ok: true,
      svg: '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8"><defs><linearGradient id="g"><stop offset="0" stop-color="#10a37f"/></linearGradient></defs><path fill="url(#g)" d="M0 0h8v8z"/><use href="#g"/><text x="1" y="2">A &amp; B</text></svg>',
    });
  });

  it("gives what it wrote back unchanged", () => {
    const once = sanitiseSvg(wrap('<g><path d="M0 0"/><title>x &lt; y</title></g>'));
    if (!once.ok) throw new Error(once.reason);
    const twice = sanitiseSvg(once.svg);
    expect(twice).toEqual({ ok: true, svg: once.svg });
  });
});
