/** What a path is counted under where no template is its own: labels must stay few whatever is asked for. */
const UNMATCHED = "unmatched";
/** No template's path is longer; matching a hostile one would cost the square of its length. */
const LONGEST = 1024;

/**
 * Finds the template of a path among `templates` such as `/listings/{id}`; `{name}` is one segment or a part of one,
 * `{name...}` the rest of the path. The one with the most letters of its own wins.
 */
export function routeTemplates(templates: Iterable<string>): (pathname: string) => string {
  const all = [...new Set(templates)];
  const fixed = new Set(all.filter((template) => !template.includes("{")));
  const patterns = all
    .filter((template) => template.includes("{"))
    .sort((a, b) => literal(b) - literal(a))
    .map((template) => ({ template, pattern: patternOf(template) }));
  return (pathname) => {
    if (fixed.has(pathname)) return pathname;
    return pathname.length > LONGEST ? UNMATCHED : (patterns.find(({ pattern }) => pattern.test(pathname))?.template ?? UNMATCHED);
  };
}

const literal = (template: string): number => template.replace(/\{[^}]*\}/g, "").length;

function patternOf(template: string): RegExp {
  const source = template.split(/(\{[^}]*\})/).map((part) => (part.startsWith("{") ? (part.endsWith("...}") ? ".+" : "[^/]+") : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${source.join("")}/?$`);
}
