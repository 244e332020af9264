declare const self: ServiceWorkerGlobalScope & { __PRECACHE__: unknown }
console.log(self.__PRECACHE__)
