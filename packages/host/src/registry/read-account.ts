import { z } from "zod";
import { PublisherSlug } from "./answers.ts";
import { callRegistry } from "./call-registry.ts";

const AccountAnswer = z.looseObject({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable().catch(null),
  roles: z.array(z.string()).catch([]),
  publishers: z.array(z.looseObject({ slug: PublisherSlug, name: z.string().optional(), role: z.string() })).catch([]),
});
export type Account = z.output<typeof AccountAnswer>;

/** Whose token it is, with roles and publishers; needs the scope `read`. */
export async function readAccount(registry: string, token: string): Promise<Account> {
  return callRegistry({ url: `${registry}/api/v1/account`, token }, AccountAnswer);
}
