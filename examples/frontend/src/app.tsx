import { useMemo, useState } from 'react';
import { Provider } from 'urql';
import { connect } from './service.ts';
import { useToken } from './token.ts';
import { TokenForm } from './token-form.tsx';
import { UpcomingInterviews } from './upcoming-interviews.tsx';

export function App() {
  const [token, keepToken] = useToken();
  const [refusal, setRefusal] = useState<string | null>(null);
  // A client for each token: what one was answered isn’t shown to another.
  const client = useMemo(
    () =>
      token === null
        ? null
        : connect(token, (message) => {
            setRefusal(message);
            keepToken(null);
          }),
    [token, keepToken],
  );
  if (!client)
    return (
      <TokenForm
        refusal={refusal}
        onToken={(given) => {
          setRefusal(null);
          keepToken(given);
        }}
      />
    );
  return (
    <Provider value={client}>
      <header>
        <h1>Upcoming interviews</h1>
        <button type="button" onClick={() => keepToken(null)}>
          Forget the token
        </button>
      </header>
      <UpcomingInterviews />
    </Provider>
  );
}
