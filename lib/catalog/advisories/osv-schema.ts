import { z } from "zod";

const Event = z.object({ introduced: z.string().optional(), fixed: z.string().optional(), last_affected: z.string().optional(), limit: z.string().optional() });

/** One advisory in OSV's form (https://ossf.github.io/osv-schema/), as far as it is kept; unknown fields are left out. */
export const OsvEntry = z.object({
  id: z.string().min(1).max(100),
  modified: z.iso.datetime({ offset: true }),
  withdrawn: z.iso.datetime({ offset: true }).nullish(),
  aliases: z.array(z.string().max(100)).max(100).nullish(),
  summary: z.string().nullish(),
  details: z.string().nullish(),
  severity: z.array(z.object({ type: z.string(), score: z.string().max(300) })).nullish(),
  database_specific: z.looseObject({ severity: z.unknown() }).nullish(),
  references: z.array(z.object({ type: z.string(), url: z.string().max(2000) })).nullish(),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string().max(100), name: z.string().max(300) }).nullish(),
        ranges: z.array(z.object({ type: z.string(), events: z.array(Event).max(2000) })).nullish(),
        versions: z.array(z.string().max(256)).max(20_000).nullish(),
      }),
    )
    .max(5_000)
    .nullish(),
});
export type OsvEntry = z.infer<typeof OsvEntry>;
