// eslint: @typescript-eslint/no-misused-promises
export const known = (find: () => Promise<boolean>) => (find() ? "yes" : "no");
