// Starts the embedded database of a data folder and holds it until it is killed: `start-database.ts DATADIR PASSWORD`.
import { startEmbeddedPostgres } from "#scripts/embedded-postgres.ts";

const [dataDir = "", password = ""] = process.argv.slice(2);
await startEmbeddedPostgres({ dataDir, password });
process.send?.("started");
