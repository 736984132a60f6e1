import service from './server';

if (require.main === module) {
  const server = service().listen(Number(process.env.PORT ?? 3000), () => console.log(server.address()));
}

export { service };
