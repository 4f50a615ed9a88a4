import { equals, Pattern } from "./equality.ts";

type Check = (actual: unknown, ...expected: never[]) => boolean;
type ErrorClass = abstract new (...all: never[]) => unknown;

const MATCHERS = {
  toBe: (actual: unknown, expected: unknown) => Object.is(actual, expected),
  toEqual: (actual: unknown, expected: unknown) => equals(actual, expected),
  toMatchObject: (actual: unknown, expected: object) => equals(actual, expected, true),
  toBeNull: (actual: unknown) => actual === null,
  toBeDefined: (actual: unknown) => actual !== undefined,
  toBeUndefined: (actual: unknown) => actual === undefined,
  toBeGreaterThan: (actual: unknown, least: number) => typeof actual === "number" && typeof least === "number" && actual > least,
  toBeGreaterThanOrEqual: (actual: unknown, least: number) => typeof actual === "number" && typeof least === "number" && actual >= least,
  toBeLessThan: (actual: unknown, most: number) => typeof actual === "number" && typeof most === "number" && actual < most,
  toBeLessThanOrEqual: (actual: unknown, most: number) => typeof actual === "number" && typeof most === "number" && actual <= most,
  toBeInstanceOf: (actual: unknown, type: ErrorClass) => actual instanceof type,
  toContain: (actual: unknown, part: unknown) => (typeof actual === "string" ? typeof part === "string" && actual.includes(part) : [...(actual as Iterable<unknown>)].some((item) => Object.is(item, part))),
  toContainEqual: (actual: unknown, part: unknown) => [...(actual as Iterable<unknown>)].some((item) => equals(item, part)),
  toHaveLength: (actual: unknown, length: number) => typeof length === "number" && (actual as ArrayLike<unknown>).length === length,
  toHaveProperty: (actual: unknown, name: string) => name in (actual as object),
  toMatch: (actual: unknown, form: RegExp | string) => (typeof form === "string" ? (actual as string).includes(form) : form.test(actual as string)),
} satisfies Record<string, Check>;

type Name = keyof typeof MATCHERS;
type Rest<F> = F extends (actual: unknown, ...rest: infer R) => boolean ? R : never;
type Matchers<R> = { [N in Name]: (...expected: Rest<(typeof MATCHERS)[N]>) => R } & { toThrow: (expected?: unknown) => R };

/** `expect` with the matchers that the kit's tests use, and as strict; a name that is missing here is a TypeError and fails its test. */
export function expect(actual: unknown, message = ""): Matchers<void> & { not: Matchers<void>; rejects: Matchers<Promise<void>>; resolves: Matchers<Promise<void>> } {
  return Object.assign(matchers(actual, message, false), { not: matchers(actual, message, true), rejects: settled(actual, message, "rejected"), resolves: settled(actual, message, "fulfilled") });
}

expect.objectContaining = (part: Record<string, unknown>) => new Pattern(`objectContaining(${show(part)})`, (value) => typeof value === "object" && value !== null && Object.keys(part).every((key) => key in value && equals((value as Record<string, unknown>)[key], part[key])));
expect.arrayContaining = (part: unknown[]) => new Pattern(`arrayContaining(${show(part)})`, (value) => Array.isArray(value) && part.every((item) => value.some((other) => equals(other, item))));
expect.stringMatching = (form: RegExp) => new Pattern(`stringMatching(${String(form)})`, (value) => typeof value === "string" && form.test(value));
expect.stringContaining = (part: string) => new Pattern(`stringContaining(${part})`, (value) => typeof value === "string" && value.includes(part));
expect.any = (type: ErrorClass) => new Pattern(`any(${type.name})`, (value) => value instanceof type || typeof value === type.name.toLowerCase());

function matchers(actual: unknown, message: string, not: boolean): Matchers<void> {
  const judge = (name: string, holds: boolean, expected: unknown[]) => {
    if (holds === not) throw new Error(`${message === "" ? "" : `${message}: `}expected ${show(actual)} ${not ? "not " : ""}${name} ${expected.map(show).join(", ")}`);
  };
  const made = Object.entries(MATCHERS).map(([name, check]) => [name, (...expected: unknown[]) => judge(name, (check as (...all: unknown[]) => boolean)(actual, ...expected), expected)]);
  return { ...(Object.fromEntries(made) as Matchers<void>), toThrow: (expected?: unknown) => judge("toThrow", throwsAs(actual, expected), [expected]) };
}

function settled(actual: unknown, message: string, wanted: "fulfilled" | "rejected"): Matchers<Promise<void>> {
  const after = (name: Name | "toThrow") => async (...expected: unknown[]) => {
    const [outcome] = await Promise.allSettled([actual]);
    if (outcome.status !== wanted) throw new Error(`${message} expected a promise to be ${wanted}`);
    const value: unknown = outcome.status === "fulfilled" ? outcome.value : outcome.reason;
    const raise = () => {
      throw value;
    };
    (matchers(name === "toThrow" ? raise : value, message, false)[name] as (...all: unknown[]) => void)(...expected);
  };
  return Object.fromEntries([...Object.keys(MATCHERS), "toThrow"].map((name) => [name, after(name as Name)])) as unknown as Matchers<Promise<void>>;
}

function throwsAs(run: unknown, expected: unknown): boolean {
  try {
    (run as () => unknown)();
  } catch (error) {
    if (expected === undefined) return true;
    if (typeof expected === "function") return error instanceof (expected as unknown as ErrorClass);
    const text = error instanceof Error ? error.message : String(error);
    if (typeof expected === "string") return text.includes(expected);
    return expected instanceof RegExp ? expected.test(text) : equals(error, expected);
  }
  return false;
}

function show(value: unknown): string {
  if (value instanceof Pattern) return value.text;
  if (typeof value === "function") return value.name;
  return (JSON.stringify(value, (_, member: unknown) => (member instanceof Pattern ? member.text : typeof member === "bigint" ? `${member}n` : member)) ?? String(value)).slice(0, 500);
}
