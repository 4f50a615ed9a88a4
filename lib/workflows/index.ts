export { exchangeIdentity } from "./exchange-identity.ts";
export { listWorkflows } from "./list-workflows.ts";
export { confirmWorkflow, distrustWorkflow, trustWorkflow } from "./trust-workflow.ts";
