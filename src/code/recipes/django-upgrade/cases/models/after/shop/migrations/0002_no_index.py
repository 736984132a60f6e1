from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AlterIndexTogether(name="order", index_together={("owner", "day")}),
        migrations.AlterIndexTogether(name="order", index_together=set([])),
        migrations.AlterIndexTogether(name="line", index_together=set()),
        migrations.RenameIndex("order", new_name="order_xy", old_fields=("x", "y")),
        migrations.RenameIndex("order", new_name="order_ab", old_name="order_a"),
    ]
