// eslint: @typescript-eslint/no-unused-vars
export function first(): number {
  const second = 2;
  const _third = 3;
  return 1;
}
