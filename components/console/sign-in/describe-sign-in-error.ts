interface SignInError {
  title: string;
  meaning: string;
  /** What to do about it. */
  next: string;
}

const ASK_AGAIN = "Ask for a new link below; it replaces the old one.";

/** What next-auth's error codes mean to the person who meets them. */
const SIGN_IN_ERRORS: Readonly<Record<string, SignInError>> = {
  Verification: {
    title: "This link no longer works",
    meaning: "A sign-in link works once and for a short time. This one was used already, or its time is over.",
    next: ASK_AGAIN,
  },
  EmailSignin: {
    title: "The message could not be sent",
    meaning: "The registry failed to hand the sign-in message to its mail server. Nothing about your account changed.",
    next: "Try again in a minute. If it stays, tell the operator of this registry.",
  },
  AccessDenied: {
    title: "This account may not sign in",
    meaning: "The account is suspended, so nothing signs in to it.",
    next: "Ask the operator of this registry if you think that this is a mistake.",
  },
  AddressTaken: {
    title: "This address has an account already",
    meaning: "An account is not opened, or joined, because a provider names the same address: someone else could get into yours that way.",
    next: "Sign in the way you did before, for example with a link to that address, then connect the provider in your settings.",
  },
  AddressHeld: {
    title: "This address may still go back to another account",
    meaning: "It belonged to an account whose address was changed in the last seven days. Until then nobody else gets it.",
    next: "If that account is yours and the change was not, use the link in the message that told you of it. Otherwise use another address, or wait.",
  },
  EmailUnverified: {
    title: "The provider has not verified your address",
    meaning: "A new account needs an e-mail address that the provider says it has verified. It named none.",
    next: "Verify your address there and try again, or sign in with a link below.",
  },
  ConnectFirst: {
    title: "This identity is not connected to your account",
    meaning: "You are signed in, but did not ask for it to be connected in the last ten minutes, so nothing was changed.",
    next: "To connect it, press Connect beside the provider. To use it for an account of its own, sign out first.",
  },
  IdentityTaken: {
    title: "This identity belongs to another account",
    meaning: "An identity opens one account only, so it was not connected to yours.",
    next: "Sign in with it and disconnect it there first, or connect another one.",
  },
  OAuthSignin: {
    title: "The provider could not be reached",
    meaning: "The registry asked the provider for a sign-in and got no answer that it understands.",
    next: "Try again in a minute, or sign in with a link below. If it stays, tell the operator of this registry.",
  },
  OAuthCallback: {
    title: "The provider’s answer was refused",
    meaning: "It was used already, came too late, belonged to another browser, or did not prove who you are. You are not signed in.",
    next: "Start again from this page, in one browser window.",
  },
  OAuthCreateAccount: {
    title: "The account could not be opened",
    meaning: "The address that the provider named got an account in the same moment.",
    next: "Sign in again, or with a link to that address.",
  },
  OAuthAccountNotLinked: {
    title: "This identity belongs to another account",
    meaning: "An identity opens one account only.",
    next: "Sign in the way you did before, then look at your settings.",
  },
  Configuration: {
    title: "Sign-in is set up wrongly",
    meaning: "The registry’s own sign-in settings are incomplete. This is not your mistake.",
    next: "Tell the operator: the server’s log names the setting.",
  },
};

const UNKNOWN: SignInError = {
  title: "Signing in did not work",
  meaning: "The registry refused the attempt without a known reason. You are not signed in.",
  next: ASK_AGAIN,
};

/** The explanation for a code from the `error` query parameter; an unknown code gets a general one. */
export function describeSignInError(code: string | null): SignInError {
  return (code !== null && Object.hasOwn(SIGN_IN_ERRORS, code) ? SIGN_IN_ERRORS[code] : undefined) ?? UNKNOWN;
}
