export { ConfigError, readConfig, type Config, type S3Config } from "./config.ts";
export { connectDatabase, isUniqueViolation, isUnreadableValue, Prisma, type Db, type Tx } from "./db/client.ts";
export { isId, newId } from "./ids.ts";
export { logger, type Logger } from "./logger.ts";
export { processWide } from "./process-wide.ts";
