// eslint: @typescript-eslint/no-misused-promises
export const later = (run: () => Promise<void>) => setTimeout(run, 1000);
