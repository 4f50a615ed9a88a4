// dependency-cruiser: components-see-schemas
// eslint: no-restricted-imports
import { platform } from "#lib/platform/index.ts";

export const Seen = () => <p>{platform}</p>;
