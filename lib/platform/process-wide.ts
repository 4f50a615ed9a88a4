/**
 * The one value of `name` in this process, made on first use. A module of `lib` is loaded up to three times in
 * one process (server, route handlers, pages), so pools, counters and caches must not hang on module scope.
 */
export function processWide<T>(name: string, make: () => T): T {
  const store = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(`kos.${name}`);
  return (store[key] ??= make());
}
