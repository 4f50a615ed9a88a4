/** What a script breaks: the rule, and the statement's beginning. */
export interface Fault {
  rule: string;
  statement: string;
}

const LONGEST_LOCK_WAIT_MS = 10_000;

/**
 * The rules of docs/decisions/016 that a reader of one script can check. It reads text: comments and the bodies of
 * functions are blanked first, so that words in them count for nothing.
 */
export function lintMigration(script: string): Fault[] {
  const contract = /^-- contract: \S/m.exec(script)?.index ?? Infinity;
  const statements = splitStatements(script);
  // A table whose index is made in no time counts like a new one, where the script says so and why: `-- small: Setting, …`.
  const small = [...script.matchAll(/^-- small: (\w+), \S/gm)].map((match) => match[1] ?? "");
  const made = new Set(statements.flatMap(({ text }) => [...text.matchAll(/^CREATE TABLE (?:IF NOT EXISTS )?(?:"?public"?\.)?"?(\w+)"?/gi)].map((match) => match[1] ?? "")));
  const indexed = new Set([...made, ...small]);
  const faults: Fault[] = [];
  if (!/^-- \S.{20,}/.test(script)) faults.push({ rule: "opening-comment", statement: script.slice(0, 60) });
  faults.push(...limitFaults(statements));
  for (const { text, at } of statements) {
    for (const rule of RULES) if (rule.breaks(text, rule.name === "index-on-existing-table" ? indexed : made) && !(rule.contract && at > contract)) faults.push({ rule: rule.name, statement: text.slice(0, 80) });
  }
  if (statements.some(({ text }) => /\bCONCURRENTLY\b/i.test(text))) faults.push(...concurrentFaults(statements));
  return faults;
}

interface Rule {
  name: string;
  /** May stand below a line that begins `-- contract:`. */
  contract: boolean;
  breaks: (statement: string, made: Set<string>) => boolean;
}

const tableOf = (statement: string): string => /^ALTER TABLE (?:ONLY )?(?:IF EXISTS )?(?:ONLY )?(?:"?public"?\.)?"?(\w+)"?/i.exec(statement)?.[1] ?? "";
const alters = (statement: string, made: Set<string>): boolean => /^ALTER TABLE\b/i.test(statement) && !made.has(tableOf(statement));

const RULES: Rule[] = [
  { name: "drop", contract: true, breaks: (text) => /^DROP\b(?! INDEX CONCURRENTLY)/i.test(text) || /^ALTER TABLE\b.*\bDROP (?!CONSTRAINT IF EXISTS\b)/is.test(text) },
  { name: "rename", contract: true, breaks: (text) => /^ALTER\b.*\bRENAME\b/is.test(text) },
  { name: "truncate-or-delete", contract: true, breaks: (text) => /^(TRUNCATE|DELETE)\b/i.test(text) },
  { name: "column-type", contract: true, breaks: (text, made) => alters(text, made) && /\bALTER (COLUMN )?"?\w+"? (SET DATA )?TYPE\b/i.test(text) },
  { name: "set-not-null", contract: true, breaks: (text, made) => alters(text, made) && /\bSET NOT NULL\b/i.test(text) },
  {
    name: "not-null-without-default",
    contract: false,
    breaks: (text, made) => alters(text, made) && clauses(text).some((clause) => /^ADD (COLUMN )?/i.test(clause) && !/^ADD CONSTRAINT/i.test(clause) && /\bNOT NULL\b/i.test(clause) && !/\b(DEFAULT|GENERATED)\b/i.test(clause)),
  },
  {
    name: "constraint-not-validated-later",
    contract: true,
    breaks: (text, made) => alters(text, made) && clauses(text).some((clause) => /^ADD CONSTRAINT\b.*\b(CHECK|FOREIGN KEY)\b/is.test(clause) && !/\bNOT VALID\b/i.test(clause)),
  },
  {
    name: "index-on-existing-table",
    contract: false,
    breaks: (text, made) => {
      const table = /^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).*? ON (?:ONLY )?(?:"?public"?\.)?"?(\w+)"?/is.exec(text)?.[1];
      return table !== undefined && !made.has(table);
    },
  },
];

/** The parts of an ALTER TABLE, which commas outside of parentheses separate. */
function clauses(statement: string): string[] {
  const found = [""];
  let depth = 0;
  for (const character of statement.replace(/^ALTER TABLE (?:ONLY )?(?:IF EXISTS )?\S+\s+/i, "")) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (character === "," && depth === 0) found.push("");
    else found[found.length - 1] += character;
  }
  return found.map((clause) => clause.trim());
}

function limitFaults(statements: { text: string }[]): Fault[] {
  const first = statements.find(({ text }) => !/^SET /i.test(text));
  const before = statements.slice(0, first === undefined ? undefined : statements.indexOf(first as { text: string; at: number }));
  const faults: Fault[] = [];
  for (const name of ["lock_timeout", "statement_timeout"]) {
    const value = before.map(({ text }) => new RegExp(`^SET (?:LOCAL )?${name} (?:=|TO) '(\\d+)(ms|s|min)'`, "i").exec(text)).find((match) => match !== null);
    const milliseconds = Number(value?.[1] ?? 0) * ({ ms: 1, s: 1000, min: 60_000 }[value?.[2] ?? "ms"] ?? 1);
    if (milliseconds === 0 || (name === "lock_timeout" && milliseconds > LONGEST_LOCK_WAIT_MS)) faults.push({ rule: name, statement: first?.text.slice(0, 80) ?? "" });
  }
  return faults;
}

/** `SET`s, then the index dropped in case an earlier attempt left half of it, then the index. */
function concurrentFaults(statements: { text: string }[]): Fault[] {
  const [drop, create, ...rest] = statements.filter(({ text }) => !/^SET /i.test(text)).map(({ text }) => text);
  const dropped = /^DROP INDEX CONCURRENTLY IF EXISTS "?(\w+)"?$/i.exec(drop ?? "")?.[1];
  const created = /^CREATE (?:UNIQUE )?INDEX CONCURRENTLY "?(\w+)"? ON /i.exec(create ?? "")?.[1];
  return dropped !== undefined && dropped === created && rest.length === 0 ? [] : [{ rule: "concurrently-alone", statement: (create ?? drop ?? "").slice(0, 80) }];
}

/** Statements in one line each, with comments, strings of functions and quotes' insides out of the way of the rules. */
function splitStatements(script: string): { text: string; at: number }[] {
  const blank = (text: string): string => text.replaceAll(/[^\n]/g, " ");
  const plain = script
    .replaceAll(/\$(\w*)\$[\s\S]*?\$\1\$/g, (body) => blank(body))
    .replaceAll(/--[^\n]*/g, blank)
    .replaceAll(/\/\*[\s\S]*?\*\//g, blank);
  const statements: { text: string; at: number }[] = [];
  let at = 0;
  for (const part of plain.split(";")) {
    const text = part.replaceAll(/\s+/g, " ").trim();
    if (text !== "") statements.push({ text, at: at + part.search(/\S/) });
    at += part.length + 1;
  }
  return statements;
}
