import type { PackageGroup } from '../package-group.ts';

/** The core packages are published together; integrations follow their own numbers, and their peers tie them to a major (https://docs.nestjs.com/faq/versions). */
export const nestjs: PackageGroup = {
  id: 'nestjs',
  summary: 'Nest and its platforms',
  leads: ['@nestjs/core'],
  members: [
    { name: '@nestjs/common', following: 'same-version' },
    { name: '@nestjs/platform-express', following: 'same-version' },
    { name: '@nestjs/platform-fastify', following: 'same-version' },
    { name: '@nestjs/platform-socket.io', following: 'same-version' },
    { name: '@nestjs/platform-ws', following: 'same-version' },
    { name: '@nestjs/websockets', following: 'same-version' },
    { name: '@nestjs/microservices', following: 'same-version' },
    { name: '@nestjs/testing', following: 'same-version' },
    { name: '@nestjs/cli', following: 'same-line' },
    { name: '@nestjs/schematics', following: 'same-line' },
  ],
};
