import { accounts } from "#lib/accounts/index.ts";

export const seen = accounts;
