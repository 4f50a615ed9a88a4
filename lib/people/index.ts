export { removeEnded, removeOutdated } from "./apply-retention.ts";
export { deleteAccount } from "./delete-account.ts";
export { exportAccount } from "./export-account.ts";
