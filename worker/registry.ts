import type { z } from "zod";
import { catalogChangedJob } from "#lib/catalog/index.ts";
import { buildSnapshot } from "#lib/feed/index.ts";
import type { Job } from "#lib/jobs/index.ts";
import { sendMail, sendMailJob } from "#lib/mail/index.ts";
import { publishVersion, runChecks } from "#lib/publishing/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { recheckName, recheckNameJob } from "#lib/trust/index.ts";
import { checkSubmissionJob, publishVersionJob } from "#lib/submissions/index.ts";

interface Wired<T extends z.ZodType> {
  job: Job<T>;
  /** Jobs of this name at once in one worker. */
  parallel: number;
  handle: (deps: Deps, payload: z.output<T>) => Promise<unknown>;
}

const wire = <T extends z.ZodType>(job: Job<T>, parallel: number, handle: Wired<T>["handle"]): Wired<z.ZodType> => ({ job, parallel, handle }) as unknown as Wired<z.ZodType>;

/** The one place where jobs meet what they do: how an effect travels upwards between modules. */
export const REGISTRY: Wired<z.ZodType>[] = [
  wire(checkSubmissionJob, 2, runChecks),
  wire(publishVersionJob, 2, publishVersion),
  wire(catalogChangedJob, 1, buildSnapshot),
  wire(sendMailJob, 2, sendMail),
  wire(recheckNameJob, 2, (deps, payload) => recheckName(deps, payload)),
];

export const JOBS = REGISTRY.map((wired) => wired.job);
