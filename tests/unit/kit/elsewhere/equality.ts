/** A value that stands for many: what `expect.objectContaining` and its like return. */
export class Pattern {
  readonly text: string;
  readonly matches: (value: unknown) => boolean;

  constructor(text: string, matches: (value: unknown) => boolean) {
    this.text = text;
    this.matches = matches;
  }
}

type Keyed = Record<string, unknown>;

/**
 * Deep equality as `toEqual` has it: a member that is undefined counts as none. With `partly`, as `toMatchObject` has
 * it: further members of objects do not matter, lists have the same length.
 */
export function equals(actual: unknown, expected: unknown, partly = false): boolean {
  if (expected instanceof Pattern) return expected.matches(actual);
  if (Object.is(actual, expected)) return true;
  if (typeof actual !== "object" || typeof expected !== "object" || actual === null || expected === null) return false;
  if (Object.prototype.toString.call(actual) !== Object.prototype.toString.call(expected)) return false;
  if (expected instanceof Date) return actual instanceof Date && Object.is(actual.getTime(), expected.getTime());
  if (expected instanceof Error) return actual instanceof Error && actual.message === expected.message && actual.name === expected.name;
  if (expected instanceof Map || expected instanceof Set) return equals([...(actual as Iterable<unknown>)], [...expected]);
  if (Array.isArray(expected) || ArrayBuffer.isView(expected)) return sameItems(actual as ArrayLike<unknown>, expected as unknown as ArrayLike<unknown>, partly);
  const keys = Object.keys(partly ? expected : { ...(actual as Keyed), ...(expected as Keyed) });
  return keys.every((key) => (!partly || key in actual) && equals((actual as Keyed)[key], (expected as Keyed)[key], partly));
}

function sameItems(actual: ArrayLike<unknown>, expected: ArrayLike<unknown>, partly: boolean): boolean {
  if (actual.length !== expected.length) return false;
  for (let index = 0; index < expected.length; index++) if (!equals(actual[index], expected[index], partly)) return false;
  return true;
}
