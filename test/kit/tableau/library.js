/**
 * Stands where Tableau’s own library stands on the connector page, and speaks with the host page as that does with Tableau’s simulator: messages
 * of JSON with msgName, msgData and props (https://tableau.github.io/webdataconnector). Written for the tests; nothing of Tableau’s is in it.
 */
(() => {
  const PROPS = ['connectionName', 'connectionData', 'username', 'password', 'authPurpose', 'locale'];
  /** @type {any} */
  let connector;
  const send = (/** @type {string} */ msgName, /** @type {object} */ msgData = {}) => {
    const props = Object.fromEntries(PROPS.map((name) => [name, api[name]]));
    parent.postMessage(JSON.stringify({ msgName, msgData, props, version: '2.3.0' }), '*');
  };
  /** @type {any} */
  const api = {
    phase: undefined,
    phaseEnum: { interactivePhase: 'interactive', authPhase: 'auth', gatherDataPhase: 'gatherData' },
    authTypeEnum: { none: 'none', basic: 'basic', custom: 'custom' },
    makeConnector: () => ({
      init: (/** @type {() => void} */ done) => done(),
      shutdown: (/** @type {() => void} */ done) => done(),
    }),
    registerConnector(/** @type {any} */ given) {
      for (const name of ['init', 'shutdown', 'getSchema', 'getData'])
        if (typeof given[name] !== 'function') throw new Error(`the connector has no ${name}`);
      connector = given;
    },
    submit: () => send('submit'),
    abortForAuth: (/** @type {string} */ msg) => send('abortForAuth', { msg }),
    abortWithError: (/** @type {string} */ errorMsg) => send('abortWithError', { errorMsg }),
    reportProgress: (/** @type {string} */ progressMsg) => send('reportProgress', { progressMsg }),
    log: (/** @type {string} */ logMsg) => send('log', { logMsg }),
  };
  /** @type {any} */ (globalThis).tableau = api;

  addEventListener('message', ({ data }) => {
    if (!connector) throw new Error('no connector is registered');
    const { msgName, msgData, props } = JSON.parse(data);
    for (const name of PROPS) api[name] = props?.[name];
    if (msgName === 'init') {
      api.phase = msgData.phase;
      connector.init(() => send('initCallback'));
    } else if (msgName === 'getSchema')
      connector.getSchema((/** @type {object[]} */ schema) => send('_schemaCallback', { schema }));
    else if (msgName === 'getData') {
      const [{ tableInfo, incrementValue }] = msgData.tablesAndIncrementValues;
      const appendRows = (/** @type {object[]} */ rows) =>
        send('_tableDataCallback', { tableName: tableInfo.id, data: rows });
      connector.getData({ tableInfo, incrementValue, appendRows }, () => send('_dataDoneCallback'));
    } else if (msgName === 'shutdown') connector.shutdown(() => send('shutdownCallback'));
  });
  // Its own library tells Tableau so as soon as the document is there; the connector has to be registered by then.
  document.addEventListener('DOMContentLoaded', () =>
    parent.postMessage(JSON.stringify({ msgName: 'loaded', version: '2.3.0' }), '*'),
  );
})();
