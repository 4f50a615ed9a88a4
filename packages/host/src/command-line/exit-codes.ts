/** What a script can tell from the exit code alone. Numbers are a promise: add freely, never change one. */
export const EXIT_CODES = {
  ok: { code: 0, means: "done" },
  problems: { code: 1, means: "blocking problems were found, a verification failed, or a submission was sent back" },
  usage: { code: 2, means: "the command, or a file it names, cannot be used" },
  network: { code: 3, means: "the registry cannot be reached, or failed" },
  refused: { code: 4, means: "the registry refused (not signed in, not allowed, conflict, invalid)" },
  internal: { code: 70, means: "a fault of the command line itself" },
} as const satisfies Record<string, { code: number; means: string }>;

export type ExitClass = keyof typeof EXIT_CODES;
