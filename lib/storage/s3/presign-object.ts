import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

import { contentDisposition } from "../content-disposition.ts";
import type { PresignedPut, PresignGetOptions, PresignPutOptions } from "../object-store.ts";
import type { Bucket } from "./bucket.ts";

/** An address for GET; name and type of the answer are part of the signature. */
export function presignS3Get(bucket: Bucket, key: string, options: PresignGetOptions, now: Date): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: bucket.name,
    Key: key,
    ResponseContentDisposition: contentDisposition(options.fileName),
    ResponseContentType: options.contentType,
  });
  return getSignedUrl(bucket.client, command, { expiresIn: options.expiresInSeconds, signingDate: now });
}

/**
 * A PUT whose length, type and SHA-256 are signed headers, not query parameters: a server holds the sender to the
 * headers it receives. `x-amz-sdk-checksum-algorithm` is what makes Ceph verify the digest; Amazon does without.
 */
export async function presignS3Put(
  bucket: Bucket,
  key: string,
  options: PresignPutOptions,
  now: Date,
): Promise<PresignedPut> {
  const checksum = Buffer.from(options.sha256, "hex").toString("base64");
  const command = new PutObjectCommand({
    Bucket: bucket.name,
    Key: key,
    ContentLength: options.size,
    ContentType: options.contentType,
    ChecksumAlgorithm: "SHA256",
    ChecksumSHA256: checksum,
  });
  const signed = ["x-amz-checksum-sha256", "x-amz-sdk-checksum-algorithm"];
  const url = await getSignedUrl(bucket.client, command, {
    expiresIn: options.expiresInSeconds,
    signingDate: now,
    unhoistableHeaders: new Set(signed),
    signableHeaders: new Set([...signed, "content-type", "content-length", "host"]),
  });
  return {
    url,
    method: "PUT",
    headers: {
      "content-type": options.contentType,
      "x-amz-checksum-sha256": checksum,
      "x-amz-sdk-checksum-algorithm": "SHA256",
    },
  };
}
