/** An amount with its noun: `1 source file`, `0 source files`. For nouns that take an s. */
export function countOf(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
