import type { Kind } from "#lib/catalog/schema.ts";

export const Seen = ({ kind }: { kind: Kind }) => <p>{kind}</p>;
