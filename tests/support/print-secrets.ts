import { logger, redactOutput } from "#lib/platform/index.ts";

/** A process that lets what it was given out in every way it knows; a test reads what arrives. */
const secrets = JSON.parse(process.env["TEST_LEAKS"] ?? "[]") as string[];
redactOutput();
for (const secret of secrets) {
  const fault = Object.assign(new Error(`connect failed: ${secret}`, { cause: new Error(`inner ${secret}`) }), { meta: { connectionString: `to ${secret} and on` } });
  logger().error({ err: fault, note: secret, nested: { list: [secret] } }, `said ${secret}`);
  process.stderr.write(`console of somebody else: ${secret}\n`);
  process.stdout.write(`${JSON.stringify({ secret })}\n`);
}
logger().info("end of secrets");
