import { inputProblem, invalidInput, notFound, RegistryError } from "#lib/http/index.ts";

export const lastOwner = () => new RegistryError("move-not-allowed", "The last owner keeps the role; make someone else an owner first.");
export const memberMissing = (slug: string) => notFound(`That member of \`${slug}\``);
export const invitationMissing = () => notFound("That invitation");
export const invitationClosed = (how: string) => new RegistryError("gone", `This invitation ${how}. Ask an owner of the publisher for a new one.`);
export const otherAddress = () => new RegistryError("forbidden", "This invitation was made for another address. Sign in with the account that has the invited address, or ask for an invitation to yours.");
export const unprovenAddress = () => new RegistryError("forbidden", "Your account's address is not verified yet: sign in once with the link that is mailed to it, then accept.");
export const transferMissing = (id: string) => notFound(`Transfer \`${id}\``);
export const transferClosed = () => new RegistryError("move-not-allowed", "The offer is answered, withdrawn or past its 14 days.");
export const claimMissing = (id: string) => notFound(`Claim \`${id}\``);
export const notAllowedNow = (detail: string) => new RegistryError("move-not-allowed", detail);
export const publisherMissing = (slug: string) => notFound(`Publisher \`${slug}\``);
export const wrongField = (pointer: string, detail: string) => invalidInput([inputProblem(pointer, detail)]);
