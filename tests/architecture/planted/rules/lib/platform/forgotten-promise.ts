// eslint: @typescript-eslint/no-floating-promises
export function start(run: () => Promise<void>): void {
  run();
}
