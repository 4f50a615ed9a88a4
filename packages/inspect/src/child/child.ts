import { inspectManifest, inspectPackage } from "../package/index.ts";
import type { ChildRequest } from "./child-request.ts";

// Entry of the child process: one request, one report. The parent ends it when the report has arrived
// (an exit of its own could overtake the message), and it leaves when its parent does.
process.once("disconnect", () => process.exit(1));
process.once("message", (message) => {
  void answer(message as ChildRequest);
});

async function answer(request: ChildRequest): Promise<void> {
  const report = request.what === "package" ? await inspectPackage(request.path, request.options) : await inspectManifest(request.path, request.options);
  process.send?.(report);
}
