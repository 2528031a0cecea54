/* What happens in a conversation's boxes while somebody writes. */
(() => {
  'use strict';
})();
