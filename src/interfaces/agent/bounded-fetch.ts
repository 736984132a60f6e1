/** What an endpoint does for which asking again is no use. */
export class EndpointFault extends Error {}

/** Of an answer with 8,192 tokens the events take a few megabytes. */
const bytesMax = 16 * 1_048_576;

/** Asks an endpoint that does not lead elsewhere, since what it is told is for it alone, and of which no more is read than an answer has. */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: 'manual' });
  const { status, statusText, headers, body } = response;
  if (status >= 300 && status < 400) {
    await body?.cancel();
    throw new EndpointFault(
      `status ${status}: it leads to ${hostOf(headers.get('location'), response.url)}, which is not followed`,
    );
  }
  return body === null ? response : new Response(body.pipeThrough(counted()), { status, statusText, headers });
};

function counted(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) throw new EndpointFault(`its answer has more than ${bytesMax} bytes`);
      controller.enqueue(chunk);
    },
  });
}

/** Without a login that may stand before it. */
function hostOf(location: string | null, from: string): string {
  return location !== null && URL.canParse(location, from) ? new URL(location, from).host : 'nowhere that can be read';
}
