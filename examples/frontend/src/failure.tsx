import { useEffect } from 'react';
import type { CombinedError, OperationContext } from 'urql';

interface FailureProps {
  error: CombinedError;
  /** Asks again, as `useQuery` gives it. */
  ask(context: Partial<OperationContext>): void;
}

/** Seconds after which to ask again (RFC 9110, 10.2.3); null where the service doesn’t say. */
function secondsToWait({ response }: CombinedError): number | null {
  const seconds = Number.parseInt(response?.headers.get('retry-after') ?? '', 10);
  return Number.isNaN(seconds) ? null : seconds;
}

/** What went wrong, as the service says it. Where it says when to ask again, that is done. */
export function Failure({ error, ask }: FailureProps) {
  useEffect(() => {
    const wait = secondsToWait(error);
    if (wait === null) return;
    const timer = setTimeout(() => ask({ requestPolicy: 'network-only' }), wait * 1000);
    return () => clearTimeout(timer);
  }, [error, ask]);
  const wait = secondsToWait(error);
  return (
    <div role="alert">
      <p>{error.networkError ? 'The service can’t be reached.' : error.graphQLErrors[0]?.message}</p>
      {wait !== null && <p>Asking again in {wait} s.</p>}
      <button type="button" onClick={() => ask({ requestPolicy: 'network-only' })}>
        Try again
      </button>
    </div>
  );
}
