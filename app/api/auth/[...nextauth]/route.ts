import NextAuth from "next-auth";
import { authOptions } from "../../../_auth-options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handler(request: Request, context: Context): Promise<Response> {
  return (await NextAuth(request as never, context as never, await authOptions())) as Response;
}

export { handler as GET, handler as POST };
