import { z } from "zod";

/** Raised when an older release could no longer read what this one writes. */
export const BACKUP_FORMAT = 1;
export const MANIFEST_FILE = "manifest.json";
/** In the form of `sha256sum`: the manifest vouches for every other file, and this one for the manifest. */
export const MANIFEST_DIGEST_FILE = "manifest.sha256";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Below the backup's folder, never above it; one line, so that every part of it is seen. */
const Path = z.string().regex(/^(?!(?:.*\/)?\.\.?(?:\/|$))[^/\p{Cc}][^\p{Cc}]*$/u);
/** Restored to the data folder, where other files than keys are settings and programs. */
const KeyPath = Path.refine((path) => path.startsWith("keys/"), "is not below keys/");
const CONSTANTS = String.raw`\((?:-?\d+|MINVALUE|MAXVALUE|NULL|'[^'\\]*')(?:, (?:-?\d+|MINVALUE|MAXVALUE|NULL|'[^'\\]*'))*\)`;
/** As Postgres writes it. It becomes part of a statement: constants, and nothing else. */
const Bound = z.string().regex(new RegExp(`^(?:DEFAULT|FOR VALUES (?:IN ${CONSTANTS}|FROM ${CONSTANTS} TO ${CONSTANTS}))$`));
const Named = { schema: z.string(), name: z.string() };

/** What `manifest.json` of a backup says. */
export const Manifest = z.object({
  format: z.literal(BACKUP_FORMAT),
  createdAt: z.iso.datetime(),
  /** Version of the application that wrote it. */
  application: z.string(),
  postgres: z.string(),
  migrations: z.array(z.string()),
  queueVersion: z.number().int().nullable(),
  /** `sha256` is that of the rows in COPY's text form, `fileSha256` that of the compressed file. */
  tables: z.array(z.object({ ...Named, columns: z.array(z.string()), file: Path, rows: z.number().int(), sha256: Sha256, fileSha256: Sha256 })),
  partitions: z.array(z.object({ ...Named, parent: z.string(), bound: Bound })),
  sequences: z.array(z.object({ ...Named, last: z.string().regex(/^-?\d+$/), called: z.boolean() })),
  objects: z.object({ count: z.number().int(), bytes: z.number().int(), listing: Path, sha256: Sha256 }),
  feed: z.object({ seq: z.string(), sha256: Sha256 }).nullable(),
  keys: z.array(z.object({ file: KeyPath, sha256: Sha256 })),
  secrets: z.object({ file: Path, sha256: Sha256 }).nullable(),
});

export type Manifest = z.infer<typeof Manifest>;

/** A line of the objects' listing. */
export const ListedObject = z.object({ key: Path, size: z.number().int(), sha256: Sha256, contentType: z.string() });

export type ListedObject = z.infer<typeof ListedObject>;

/** What `secrets.json` of a backup holds: the password of an embedded database stays with its data folder. */
export const Secrets = z.object({ AUTH_SECRET: z.string(), KOS_KEY_SECRET: z.string() });

export type Secrets = z.infer<typeof Secrets>;
