using HashMatch.Matching;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Storage;

/// <summary>
/// The database. Its tables are made by the numbered scripts beside this file; a test compares the two.
/// </summary>
public sealed class HashMatchDb(DbContextOptions<HashMatchDb> options) : DbContext(options)
{
    public DbSet<Case> Cases => Set<Case>();

    public DbSet<CaseFingerprint> Fingerprints => Set<CaseFingerprint>();

    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<LogRow> Log => Set<LogRow>();

    public DbSet<LogHead> LogHeads => Set<LogHead>();

    public DbSet<Platform> Platforms => Set<Platform>();

    public DbSet<PlatformKey> PlatformKeys => Set<PlatformKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Hash256>().HaveConversion<HashConverter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Case>(table =>
        {
            table.ToTable("cases");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.KeyDigest).HasColumnName("key_digest");
            table.Property(row => row.AgeGroup).HasColumnName("age_group");
            table.Property(row => row.State).HasColumnName("state");
            table.Property(row => row.NextPicture).HasColumnName("next_picture");
            table.Property(row => row.CreatedDay).HasColumnName("created_day");
            table.Property(row => row.WithdrawnDay).HasColumnName("withdrawn_day");
            table.HasIndex(row => row.KeyDigest).IsUnique().HasDatabaseName("cases_key_digest");
        });
        modelBuilder.Entity<CaseFingerprint>(table =>
        {
            table.ToTable("fingerprints");
            table.HasKey(row => new { row.CaseId, row.Hash });
            table.Property(row => row.CaseId).HasColumnName("case_id");
            table.Property(row => row.Hash).HasColumnName("hash");
            table.Property(row => row.Picture).HasColumnName("picture");
            table.Property(row => row.AddedDay).HasColumnName("added_day");
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.NoAction);
            table.HasIndex(row => row.Hash, "fingerprints_hash");
        });
        modelBuilder.Entity<OutboxRow>(table =>
        {
            table.ToTable("outbox");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.Hash).HasColumnName("hash");
        });
        modelBuilder.Entity<LogRow>(table =>
        {
            table.ToTable("log");
            table.HasKey(row => row.Position);
            table.Property(row => row.Position).HasColumnName("position").ValueGeneratedNever();
            table.Property(row => row.EntryId).HasColumnName("entry_id");
            table.Property(row => row.Stamp).HasColumnName("stamp");
        });
        modelBuilder.Entity<LogHead>(table =>
        {
            table.ToTable("log_head");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.Position).HasColumnName("position");
        });
        modelBuilder.Entity<Entry>(table =>
        {
            table.ToTable("entries");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.Hash).HasColumnName("hash");
            table.Property(row => row.AddedDay).HasColumnName("added_day");
            table.HasIndex(row => row.Hash).IsUnique().HasDatabaseName("entries_hash");
        });
        modelBuilder.Entity<Platform>(table =>
        {
            table.ToTable("platforms");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.Name).HasColumnName("name");
            table.Property(row => row.Scopes).HasColumnName("scopes");
            table.Property(row => row.CreatedDay).HasColumnName("created_day");
            table.Property(row => row.RevokedDay).HasColumnName("revoked_day");
            table.HasIndex(row => row.Name).IsUnique().HasDatabaseName("platforms_name");
        });
        modelBuilder.Entity<PlatformKey>(table =>
        {
            table.ToTable("platform_keys");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.PlatformId).HasColumnName("platform_id");
            table.Property(row => row.SecretDigest).HasColumnName("secret_digest");
            table.Property(row => row.CreatedDay).HasColumnName("created_day");
            table.HasOne<Platform>().WithMany().HasForeignKey(row => row.PlatformId).OnDelete(DeleteBehavior.NoAction);
            table.HasIndex(row => row.PlatformId).HasDatabaseName("platform_keys_platform_id");
        });
    }
}
