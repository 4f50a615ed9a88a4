import type { Options } from "rehype-sanitize";

/**
 * What a README may hold. Written out, not inherited from a default, so that nothing joins the list unseen:
 * no scripts, styles, ids, classes (but for the language of a code block), forms, frames or event handlers, and links only to the web and to mail.
 */
export const README_ALLOWED: Options = {
  tagNames: [
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "ul", "ol", "li", "input",
    "strong", "em", "del", "s", "sub", "sup", "kbd", "code", "pre", "a", "img",
    "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "dl", "dt", "dd",
  ],
  attributes: {
    a: ["href", "title"],
    code: [["className", /^language-[a-z0-9+#-]{1,20}$/]],
    img: ["src", "alt"],
    ol: ["start"],
    th: [["align", "left", "right", "center"]],
    td: [["align", "left", "right", "center"]],
    input: [["type", "checkbox"], ["disabled", true], "checked"],
    details: ["open"],
  },
  required: { input: { type: "checkbox", disabled: true } },
  protocols: { href: ["http", "https", "mailto"], src: ["https"] },
  ancestors: { li: ["ol", "ul"], tr: ["table"], td: ["table"], th: ["table"], thead: ["table"], tbody: ["table"], summary: ["details"] },
  strip: ["script", "style", "iframe", "object", "template", "noscript", "svg", "math", "textarea", "title", "xmp"],
  clobber: [],
  clobberPrefix: "readme-",
  allowComments: false,
  allowDoctypes: false,
};
