import { countExpansion, type SvgReference } from "./count-expansion.ts";
import { SVG_ACTIVE_ELEMENTS, SVG_ATTRIBUTES, SVG_ELEMENTS } from "./svg-rules.ts";

export type SvgVerdict = { ok: true; svg: string } | { ok: false; reason: string; offset: number };

const NAME = /[A-Za-z_][\w.:-]*/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const DEEPEST = 64;
const MOST_REFERENCES = 500;
const LARGEST_EXPANSION = 2_000;

interface Reader {
  text: string;
  at: number;
  out: string[];
  open: { name: string; kept: boolean; id: string | null }[];
  references: SvgReference[];
  rootSeen: boolean;
}

/**
 * Reads an SVG with a strict parser of our own (no DOCTYPE, entities, CDATA or
 * processing instructions) and writes it again from a list of drawing elements and
 * attributes. What runs, loads or points outside is refused with its offset;
 * what merely does not draw, such as an editor's notes, is left out.
 */
export function sanitiseSvg(text: string): SvgVerdict {
  const reader: Reader = { text: text.replace(/^\ufeff/, ""), at: 0, out: [], open: [], references: [], rootSeen: false };
  while (reader.at < reader.text.length) {
    const reason = reader.text[reader.at] === "<" ? readMarkup(reader) : readCharacters(reader);
    if (reason !== null) return { ok: false, reason, offset: reader.at };
  }
  if (!reader.rootSeen || reader.open.length > 0) return { ok: false, reason: "The picture is not complete.", offset: reader.at };
  if (reader.references.length > MOST_REFERENCES || countExpansion(reader.references) > LARGEST_EXPANSION) {
    return { ok: false, reason: "The picture repeats parts of itself too often.", offset: 0 };
  }
  return { ok: true, svg: reader.out.join("") };
}

function readCharacters(reader: Reader): string | null {
  const next = reader.text.indexOf("<", reader.at);
  const end = next === -1 ? reader.text.length : next;
  const decoded = decodeEntities(reader.text.slice(reader.at, end));
  if (decoded === null) return "An entity is used that is not one of XML's own.";
  const inside = reader.open.at(-1);
  if (inside === undefined && decoded.trim() !== "") return "Text stands outside of the picture.";
  if (inside?.kept === true && /^(?:title|desc|text|tspan)$/.test(inside.name)) reader.out.push(escapeText(decoded));
  reader.at = end;
  return null;
}

function readMarkup(reader: Reader): string | null {
  const { text, at } = reader;
  if (text.startsWith("<!--", at)) return skipTo(reader, "-->", 4);
  if (text.startsWith("<?xml ", at) && !reader.rootSeen && at < 64) return skipTo(reader, "?>", 6);
  if (text.startsWith("<!", at)) return "A DOCTYPE, an entity declaration or CDATA is not allowed.";
  if (text.startsWith("<?", at)) return "A processing instruction is not allowed.";
  return text[at + 1] === "/" ? closeElement(reader) : openElement(reader);
}

function skipTo(reader: Reader, mark: string, offset: number): string | null {
  const end = reader.text.indexOf(mark, reader.at + offset);
  if (end === -1) return "The picture is not complete.";
  reader.at = end + mark.length;
  return null;
}

function closeElement(reader: Reader): string | null {
  NAME.lastIndex = reader.at + 2;
  const name = NAME.exec(reader.text)?.[0];
  const opened = reader.open.at(-1);
  const rest = /\s*>/y;
  rest.lastIndex = reader.at + 2 + (name?.length ?? 0);
  if (name === undefined || opened?.name !== name || !rest.test(reader.text)) return "An element is closed that is not open.";
  reader.open.pop();
  if (opened.kept) reader.out.push(`</${name}>`);
  reader.at = rest.lastIndex;
  return null;
}

function openElement(reader: Reader): string | null {
  NAME.lastIndex = reader.at + 1;
  const name = NAME.exec(reader.text)?.[0];
  if (name === undefined) return "A `<` does not begin an element.";
  const local = name.slice(name.indexOf(":") + 1).toLowerCase();
  if (SVG_ACTIVE_ELEMENTS.has(local)) return `The element \`${name}\` is not allowed in an icon.`;
  if (reader.open.length === 0) {
    if (reader.rootSeen) return "Something follows the end of the picture.";
    if (name !== "svg") return "The outermost element is not `svg`.";
    reader.rootSeen = true;
  }
  const kept = SVG_ELEMENTS.has(name) && reader.open.every((each) => each.kept);
  const attributes = readAttributes(reader, reader.at + 1 + name.length);
  if (typeof attributes === "string") return attributes;
  if (kept) noteReferences(reader, attributes);
  const end = /\s*(\/?)>/y;
  end.lastIndex = attributes.end;
  const closing = end.exec(reader.text);
  if (closing === null) return "An attribute is not of the form `name=\"value\"`.";
  const namespace = reader.open.length === 0 ? ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"' : "";
  if (kept) reader.out.push(`<${name}${namespace}${attributes.written}${closing[1] === "/" ? "/>" : ">"}`);
  if (closing[1] !== "/") reader.open.push({ name, kept, id: attributes.id });
  if (reader.open.length > DEEPEST) return "The picture nests too deeply.";
  reader.at = end.lastIndex;
  return null;
}

interface Attributes {
  written: string;
  end: number;
  id: string | null;
  targets: string[];
}

function noteReferences(reader: Reader, { id, targets }: Attributes): void {
  const inside = [...reader.open.map((each) => each.id), id].filter((each) => each !== null);
  for (const target of targets) reader.references.push({ target, inside });
}

function readAttributes(reader: Reader, from: number): Attributes | string {
  let id: string | null = null;
  const targets: string[] = [];
  let written = "";
  let end = from;
  const seen = new Set<string>();
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const match = ATTRIBUTE.exec(reader.text);
    if (match === null) return { written, end, id, targets };
    const name = match[1] ?? "";
    const value = decodeEntities(match[2] ?? match[3] ?? "");
    if (value === null) return "An entity is used that is not one of XML's own.";
    if (seen.has(name)) return `The attribute \`${name}\` is given twice.`;
    seen.add(name);
    const reason = refuseAttribute(name, value);
    if (reason !== null) return reason;
    if (name === "id") id = value.trim();
    if (name.endsWith("href")) targets.push(value.trim().slice(1));
    for (const paint of value.matchAll(/url\(\s*["']?#([\w.:-]+)/gi)) targets.push(paint[1] ?? "");
    if (SVG_ATTRIBUTES.has(name)) written += ` ${name}="${escapeText(value)}"`;
    end = ATTRIBUTE.lastIndex;
  }
}

function refuseAttribute(name: string, value: string): string | null {
  const local = name.slice(name.indexOf(":") + 1).toLowerCase();
  // Browsers ignore blanks and control characters inside a scheme.
  const squeezed = value.replace(/[\s\p{Cc}]/gu, "").toLowerCase();
  if (local.startsWith("on")) return `The event handler \`${name}\` is not allowed.`;
  if (/^(?:href|src|base|from|to|begin|attributename)$/.test(local) && !/^#[\w.:-]+$/.test(value.trim())) return `\`${name}\` points outside of the picture.`;
  if (/(?:java|vb|live)script:|data:/.test(squeezed)) return `\`${name}\` holds an address that runs or embeds something.`;
  if (/url\((?!["']?#[\w.:-]+["']?\))/.test(squeezed)) return `\`${name}\` loads something from outside of the picture.`;
  if (local === "style" && /[@\\]|expression\(|import|behavior|-moz-binding|image-set\(|image\(/.test(squeezed)) return "A style does more than draw.";
  return null;
}

// Null when any `&` is not one of XML's own entities: what a DOCTYPE would define is not allowed.
function decodeEntities(text: string): string | null {
  if (text.replace(ENTITY, "").includes("&")) return null;
  return text.replace(ENTITY, (_all, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? "";
    const codePoint = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number.parseInt(decimal, 10);
    const isCharacter = codePoint >= 0x20 && codePoint <= 0x10ffff && !(codePoint >= 0xd800 && codePoint <= 0xdfff);
    return isCharacter ? String.fromCodePoint(codePoint) : " ";
  });
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
