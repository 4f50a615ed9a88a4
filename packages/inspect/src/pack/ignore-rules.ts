/** Whether a path (relative, `/` between segments) stays out of a package. */
export type IgnoreRule = (path: string, isDirectory: boolean) => boolean;

const ALWAYS = ["node_modules/", ".git/", ".hg/", ".svn/", ".kosignore", ".gitignore", ".DS_Store", "Thumbs.db", "__MACOSX/", "*.asc", "*.sig", ".env", ".env.*"];

/**
 * Rules from the text of a `.kosignore`, on top of what is always left out.
 * The forms of gitignore that people use: `#` comments, `*`, `?`, `**`, a leading `/` for the
 * root, a trailing `/` for folders, `!` to take a rule back; the last rule that fits wins.
 */
export function readIgnoreRules(text: string): IgnoreRule {
  const rules = [...ALWAYS, ...text.split(/\r?\n/)].flatMap((line) => compileRule(line.trim()));
  return (path, isDirectory) => {
    let ignored = false;
    for (const rule of rules) {
      if ((!rule.foldersOnly || isDirectory) && rule.pattern.test(path)) ignored = !rule.negated;
    }
    return ignored;
  };
}

interface CompiledRule {
  pattern: RegExp;
  negated: boolean;
  foldersOnly: boolean;
}

function compileRule(line: string): CompiledRule[] {
  if (line === "" || line.startsWith("#")) return [];
  const negated = line.startsWith("!");
  const body = negated ? line.slice(1) : line;
  const foldersOnly = body.endsWith("/");
  const glob = body.replace(/\/$/, "");
  const anchored = glob.includes("/");
  const source = glob
    .replace(/^\//, "")
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*\/|\*\*|\*|\?/g, (mark) => (mark === "**/" ? "(?:.*/)?" : mark === "**" ? ".*" : mark === "*" ? "[^/]*" : "[^/]"));
  return [{ pattern: new RegExp(`${anchored ? "^" : "(?:^|/)"}${source}$`, "u"), negated, foldersOnly }];
}
