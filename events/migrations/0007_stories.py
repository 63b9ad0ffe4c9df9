"""Stories and their steps, and who of the desk's roles may do what with them."""

from django.contrib.auth.management import create_permissions
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


BOTH = ("story", "storystep")
GRANTS = {
    "contributor": [f"view_{noun}" for noun in BOTH],
    "editor": [
        *(f"{verb}_{noun}" for noun in BOTH for verb in ("add", "change")),
        "delete_storystep",
    ],
    "publisher": [],
    "administrator": ["delete_story"],
}
"""What each role adds to the one before it."""


def grant(apps, schema_editor):
    alias = schema_editor.connection.alias
    config = apps.get_app_config("events")
    config.models_module = True  # permissions are made after all migrations; groups need them now
    create_permissions(config, verbosity=0, apps=apps, using=alias)
    config.models_module = None
    Group = apps.get_model("auth", "Group")
    codes = []
    for role, added in GRANTS.items():
        codes += added
        for group in Group.objects.using(alias).filter(name=role):
            group.permissions.add(*_permissions(apps, alias, codes))


def _permissions(apps, alias, codes):
    rows = apps.get_model("auth", "Permission").objects.using(alias)
    return rows.filter(content_type__app_label="events", codename__in=codes)


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0006_chain_over_the_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalStory',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, verbose_name='slug')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('title_ar', models.CharField(blank=True, max_length=160, verbose_name='title in Arabic')),
                ('intro', models.TextField(blank=True, max_length=1000, verbose_name='introduction')),
                ('intro_ar', models.TextField(blank=True, max_length=1000, verbose_name='introduction in Arabic')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=10, verbose_name='status')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(blank=True, editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical story',
                'verbose_name_plural': 'historical stories',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='slug')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('title_ar', models.CharField(blank=True, max_length=160, verbose_name='title in Arabic')),
                ('intro', models.TextField(blank=True, max_length=1000, verbose_name='introduction')),
                ('intro_ar', models.TextField(blank=True, max_length=1000, verbose_name='introduction in Arabic')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=10, verbose_name='status')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
                'ordering': ['title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='story_has_a_title'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'published'])), name='story_status_known')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalStoryStep',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='order')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('title_ar', models.CharField(blank=True, max_length=160, verbose_name='title in Arabic')),
                ('text', models.TextField(max_length=2000, verbose_name='text')),
                ('text_ar', models.TextField(blank=True, max_length=2000, verbose_name='text in Arabic')),
                ('from_date', models.DateField(blank=True, null=True, verbose_name='from')),
                ('to_date', models.DateField(blank=True, null=True, verbose_name='until')),
                ('latitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)])),
                ('longitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)])),
                ('zoom', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(5.0), django.core.validators.MaxValueValidator(16.0)], verbose_name='zoom')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('area', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='events.place')),
                ('event', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='events.event')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='events.story')),
            ],
            options={
                'verbose_name': 'historical step',
                'verbose_name_plural': 'historical steps',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='StoryStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='order')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('title_ar', models.CharField(blank=True, max_length=160, verbose_name='title in Arabic')),
                ('text', models.TextField(max_length=2000, verbose_name='text')),
                ('text_ar', models.TextField(blank=True, max_length=2000, verbose_name='text in Arabic')),
                ('from_date', models.DateField(blank=True, null=True, verbose_name='from')),
                ('to_date', models.DateField(blank=True, null=True, verbose_name='until')),
                ('latitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)])),
                ('longitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)])),
                ('zoom', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(5.0), django.core.validators.MaxValueValidator(16.0)], verbose_name='zoom')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='story_steps', to='events.place')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='story_steps', to='events.event')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='events.story')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['story', 'order'],
                'constraints': [models.UniqueConstraint(fields=('story', 'order'), name='story_step_order_once'), models.CheckConstraint(condition=models.Q(('order__gte', 1)), name='story_step_from_one'), models.CheckConstraint(condition=models.Q(('from_date__lte', models.F('to_date')), ('from_date__isnull', True), ('to_date__isnull', True), _connector='OR'), name='story_step_interval'), models.CheckConstraint(condition=models.Q(models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), models.Q(('latitude__isnull', True), ('longitude__isnull', True)), _connector='OR'), name='story_step_point_in_range'), models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='story_step_point_whole'), models.CheckConstraint(condition=models.Q(('zoom__isnull', True), models.Q(('zoom__gte', 5.0), ('zoom__lte', 16.0)), _connector='OR'), name='story_step_zoom_in_range')],
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
