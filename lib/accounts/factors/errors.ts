import { RegistryError } from "#lib/http/index.ts";

export const passkeyRefused = () => new RegistryError("factor-invalid", "The passkey was not accepted: it is unknown here, answered another question, or its answer came too late. Try again.");
export const passkeyTaken = () => new RegistryError("factor-invalid", "This passkey is registered already.");
export const codeRefused = () => new RegistryError("factor-invalid", "The code was not accepted. Each code counts once; check the clock of the device and take the next one.");
export const recoveryCodeRefused = () => new RegistryError("factor-invalid", "The recovery code was not accepted: it is unknown, or was used before.");
export const totpUnreadable = () => new RegistryError("factor-invalid", "The authenticator app was set up under another AUTH_SECRET of this instance. Use another factor, remove the app and set it up again.");
export const noPasskey = () => new RegistryError("move-not-allowed", "This account has no passkey.");
export const tooManyPasskeys = (most: number) => new RegistryError("move-not-allowed", `An account holds ${most} passkeys at most; remove one first.`);
export const totpExists = () => new RegistryError("move-not-allowed", "An authenticator app is set up already; remove it first.");
export const totpNotStarted = () => new RegistryError("move-not-allowed", "No set-up of an authenticator app is under way, or it was begun too long ago. Begin again.");
export const noFactorYet = () => new RegistryError("move-not-allowed", "Recovery codes stand in for a passkey or an authenticator app; set one up first.");
export const sessionEnded = () => new RegistryError("unauthenticated", "This session has ended. Sign in again.");
export const secondFactorRequired = (policy: string, roles: readonly string[]) =>
  new RegistryError("second-factor-required", `Under the policy \`${policy}\` whoever acts as ${roles.map((role) => `\`${role}\``).join(" or ")} has a second factor. Set one up under /settings/security.`);
