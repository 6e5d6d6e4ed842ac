import { useCallback, useState } from 'react';

const KEY = 'token';

/** The token, kept for this tab: it survives a reload, and no other tab and no other visit sees it. */
export function useToken(): [token: string | null, keep: (token: string | null) => void] {
  const [token, setToken] = useState(() => sessionStorage.getItem(KEY));
  const keep = useCallback((given: string | null) => {
    if (given === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, given);
    setToken(given);
  }, []);
  return [token, keep];
}
