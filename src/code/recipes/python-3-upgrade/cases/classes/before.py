__metaclass__ = type


class Animal(object):
    def __init__(self, name):
        super(Animal, self).__init__()
        self.name = name


class Dog(Animal, object):
    def legs(self):
        for leg in range(4):
            yield leg

    def described(self):
        return super(Animal, self).described()
