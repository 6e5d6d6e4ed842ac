/** A host as Tableau’s simulator is one: shows the connector in a frame, takes it through one phase, and gathers what it says. */

/** @type {any} */ (globalThis).run = (
  /** @type {string} */ connector,
  /** @type {string} */ phase,
  /** @type {object} */ given,
) => {
  const state = {
    /** @type {string | null} */ ended: null,
    /** @type {any} */ props: { ...given },
    /** @type {any[]} */ schema: [],
    /** @type {any[]} */ rows: [],
    /** @type {string[]} */ progress: [],
    /** @type {string[]} */ messages: [],
  };
  /** @type {any} */ (globalThis).state = state;
  const frame = Object.assign(document.createElement('iframe'), {
    src: connector,
    title: 'connector',
    width: 900,
    height: 900,
  });
  document.body.replaceChildren(frame);
  const send = (/** @type {string} */ msgName, /** @type {object} */ msgData = {}) =>
    frame.contentWindow?.postMessage(JSON.stringify({ msgName, msgData, props: state.props }), '*');
  globalThis.onmessage = ({ data, source }) => {
    if (source !== frame.contentWindow) return;
    const { msgName, msgData, props } = JSON.parse(data);
    if (props) state.props = props;
    state.messages.push(msgName);
    if (msgName === 'loaded') send('init', { phase });
    else if (msgName === 'initCallback' && phase === 'gatherData') send('getSchema');
    else if (msgName === '_schemaCallback') {
      state.schema = msgData.schema;
      send('getData', { tablesAndIncrementValues: [{ tableInfo: msgData.schema[0], incrementValue: '' }] });
    } else if (msgName === '_tableDataCallback') state.rows.push(...msgData.data);
    else if (msgName === 'reportProgress') state.progress.push(msgData.progressMsg);
    else if (msgName === '_dataDoneCallback' || msgName === 'submit') send('shutdown');
    else if (msgName === 'shutdownCallback') state.ended = 'done';
    else if (msgName === 'abortWithError') state.ended = `error: ${msgData.errorMsg}`;
    else if (msgName === 'abortForAuth') state.ended = `auth: ${msgData.msg}`;
  };
};
